/** The light beside a camera, where its track has one: for labels and photos in the dark. */
import { ref, type Ref } from 'vue'

/** What of a track browsers know beside what TypeScript does. */
interface LitTrack {
  getCapabilities?: () => { torch?: boolean }
  applyConstraints: (constraints: { advanced: { torch: boolean }[] }) => Promise<void>
}

export interface Torch {
  /** Whether the light burns; null where the camera has none. */
  light: Readonly<Ref<boolean | null>>
  /** Ties it to an open camera; to none where it is gone. */
  tie: (stream: MediaStream | null) => void
  switchLight: () => Promise<void>
  /** Puts it out: the camera lingers for the next photo; its light does not. */
  putOut: () => void
}

export function useTorch(): Torch {
  const light = ref<boolean | null>(null)
  let track: LitTrack | null = null
  async function set(on: boolean) {
    await track?.applyConstraints({ advanced: [{ torch: on }] })
    light.value = on
  }
  return {
    light,
    tie(stream) {
      track = (stream?.getVideoTracks()[0] as unknown as LitTrack | undefined) ?? null
      light.value = track?.getCapabilities?.().torch ? false : null
    },
    async switchLight() {
      // A camera that does not keep its word has no light.
      await set(!light.value).catch(() => (light.value = null))
    },
    putOut() {
      if (light.value) void set(false).catch(() => {})
    },
  }
}
