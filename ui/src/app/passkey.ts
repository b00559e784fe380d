// Passkeys: asks the device, and turns its bytes into base64url and back. What an answer is worth is decided by the server.
type Json = Record<string, unknown>;

/** Can this browser use passkeys at all? */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

function bytes(text: unknown): ArrayBuffer {
  const plain = atob(String(text).replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}
function text(buffer: ArrayBuffer | null): string | null {
  if (!buffer) return null;
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
const named = (list: unknown): PublicKeyCredentialDescriptor[] | undefined => (list as Json[] | undefined)?.map((one) => ({ ...one, id: bytes(one['id']) }) as PublicKeyCredentialDescriptor);

/** Lets the device make a passkey; null when the person gave up. */
export async function makePasskey(options: Json): Promise<Json | null> {
  const asked = options['publicKey'] as Json;
  const user = asked['user'] as Json;
  const publicKey = { ...asked, challenge: bytes(asked['challenge']), user: { ...user, id: bytes(user['id']) }, excludeCredentials: named(asked['excludeCredentials']) };
  const made = await ask(() => navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions }));
  if (!made) return null;
  const answer = made.response as AuthenticatorAttestationResponse;
  return { ...base(made), response: { clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject), transports: answer.getTransports() } };
}

/** Lets the device show a passkey; null when the person gave up. */
export async function showPasskey(options: Json): Promise<Json | null> {
  const asked = options['publicKey'] as Json;
  const publicKey = { ...asked, challenge: bytes(asked['challenge']), allowCredentials: named(asked['allowCredentials']) };
  const shown = await ask(() => navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions }));
  if (!shown) return null;
  const answer = shown.response as AuthenticatorAssertionResponse;
  return {
    ...base(shown),
    response: { clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData), signature: text(answer.signature), userHandle: text(answer.userHandle) },
  };
}

const base = (credential: PublicKeyCredential): Json => ({ id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: credential.getClientExtensionResults() });

async function ask(run: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await run()) as PublicKeyCredential | null;
  } catch (thrown) {
    // The dialog was closed or ran out of time, or the device has this passkey already; browsers do not tell them apart for privacy.
    if (thrown instanceof DOMException && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(thrown.name)) return null;
    throw thrown;
  }
}
