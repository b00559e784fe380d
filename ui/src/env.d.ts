// Build flags that the code reads.
/// <reference types="svelte" />
/// <reference types="vite/client" />
interface ImportMetaEnv {
  /** "1": the page of parts is in the build. */
  readonly VITE_PARTS?: string;
}
