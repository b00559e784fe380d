// What nearly every screen needs to name things: the networks, and the open brand's channels and rubrics. Loaded once, kept fresh by live events.
import { call } from '$/api/client';
import type { Channel, Network, Rubric } from '$/api/types';
import { onLive } from './live.svelte';

class Catalogue {
  networks = $state.raw<Network[]>([]);
  channels = $state.raw<Channel[]>([]);
  rubrics = $state.raw<Rubric[]>([]);
  /** True once the three lists of the open brand are there. */
  ready = $state(false);
  #brand: string | null = null;

  constructor() {
    onLive('channel', () => void this.reloadChannels());
    onLive('brand', () => void this.reloadRubrics());
    onLive('resync', () => void this.reloadChannels());
  }

  async open(brand: string | null): Promise<void> {
    if (brand === this.#brand) return;
    this.#brand = brand;
    this.ready = false;
    this.channels = [];
    this.rubrics = [];
    if (!brand) return;
    const [networks, channels, rubrics] = await Promise.all([
      this.networks.length ? this.networks : call('GET /networks'),
      call('GET /brands/{brand}/channels', { brand }),
      call('GET /brands/{brand}/rubrics', { brand }),
    ]);
    if (this.#brand !== brand) return;
    this.networks = networks;
    this.channels = channels;
    this.rubrics = rubrics;
    this.ready = true;
  }

  async reloadChannels(): Promise<void> {
    const brand = this.#brand;
    if (!brand) return;
    const channels = await call('GET /brands/{brand}/channels', { brand });
    if (this.#brand === brand) this.channels = channels;
  }
  async reloadRubrics(): Promise<void> {
    const brand = this.#brand;
    if (!brand) return;
    const rubrics = await call('GET /brands/{brand}/rubrics', { brand });
    if (this.#brand === brand) this.rubrics = rubrics;
  }
  /** Networks again, as after a change of language (their forms are in the reader's language). */
  async reloadNetworks(): Promise<void> {
    this.networks = await call('GET /networks');
  }

  network(id: string): Network | undefined {
    return this.networks.find((network) => network.id === id);
  }
  channel(id: string): Channel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }
  rubric(id: string | null): Rubric | undefined {
    return this.rubrics.find((rubric) => rubric.id === id);
  }
}

export const catalogue = new Catalogue();
