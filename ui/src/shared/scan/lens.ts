/** The camera as a reader of QR codes: it looks until it finds one, and lights the way where it can. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useCamera } from '@/shared/components/photo/camera'
import { qrReader, type QrReader } from './qr'

/** How often the picture is looked at. */
const LOOK_MS = 120

/** `asked`: it is being opened. `live`: it looks. `none`: there is none, or it is not allowed. */
export type LensState = 'asked' | 'live' | 'none'

export interface Lens {
  state: Readonly<Ref<LensState>>
  /** Whether the light burns; null where the camera has none. */
  light: Readonly<Ref<boolean | null>>
  switchLight: () => Promise<void>
  /** Shows the camera in `video`, and looks until it is closed. */
  open: (video: HTMLVideoElement) => Promise<void>
}

/** What of a track browsers know beside what TypeScript does. */
interface LitTrack {
  getCapabilities?: () => { torch?: boolean }
  applyConstraints: (constraints: { advanced: { torch: boolean }[] }) => Promise<void>
}

/**
 * One camera for one component; it is closed with it.
 * @param found hears of each code that comes before it; the same one again after it was out of sight.
 */
export function useLens(found: (text: string) => void, make: () => Promise<QrReader> = qrReader): Lens {
  const camera = useCamera()
  const state = ref<LensState>('asked')
  const light = ref<boolean | null>(null)
  const picture: ShallowRef<HTMLVideoElement | null> = shallowRef(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let track: LitTrack | null = null
  let isHeld = false
  let isClosed = false
  let last: string | null = null

  async function look(reader: QrReader) {
    const video = picture.value
    if (isClosed || !video) return
    const text = video.readyState >= 2 ? await reader.read(video).catch(() => null) : null
    if (isClosed) return
    if (text !== null && text !== last) found(text)
    last = text
    timer = setTimeout(() => void look(reader), LOOK_MS)
  }

  async function setLight(on: boolean) {
    await track?.applyConstraints({ advanced: [{ torch: on }] })
    light.value = on
  }
  function close() {
    isClosed = true
    clearTimeout(timer)
    // The camera lingers for the next photo; its light does not.
    if (light.value) void setLight(false).catch(() => {})
    if (picture.value) picture.value.srcObject = null
    if (isHeld) camera.release()
    isHeld = false
  }
  onScopeDispose(close)

  return {
    state,
    light,
    async switchLight() {
      // A camera that does not keep its word has no light.
      await setLight(!light.value).catch(() => (light.value = null))
    },
    async open(video) {
      try {
        const [stream, reader] = await Promise.all([camera.acquire(), make()])
        if (isClosed) return camera.release()
        isHeld = true
        picture.value = video
        video.srcObject = stream
        await video.play()
        track = (stream.getVideoTracks()[0] as unknown as LitTrack | undefined) ?? null
        light.value = track?.getCapabilities?.().torch ? false : null
        state.value = 'live'
        void look(reader)
      } catch {
        state.value = 'none'
      }
    },
  }
}
