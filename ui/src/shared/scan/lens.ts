/** The camera as a reader of QR codes: it looks until it finds one, and lights the way where it can. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useCamera } from '@/shared/components/photo/camera'
import { useTorch } from '@/shared/components/photo/torch'
import { qrReader, type QrReader } from './qr'

/** How often the picture is looked at. */
const LOOK_MS = 120

/** A picture whose mean is darker is black, from 0 to 255; after so many of them in a row the person is told. */
const BLACK = 12
const BLACK_LOOKS = 12
/** The side of the picture that is averaged, in pixels. */
const GRID = 16

/** `asked`: it is being opened. `live`: it looks. `none`: there is none, or it is not allowed. */
export type LensState = 'asked' | 'live' | 'none'

export interface Lens {
  state: Readonly<Ref<LensState>>
  /** Whether the picture has been black for a while: the lens is covered, or it is dark. */
  isBlack: Readonly<Ref<boolean>>
  /** Whether the light burns; null where the camera has none. */
  light: Readonly<Ref<boolean | null>>
  switchLight: () => Promise<void>
  /** Shows the camera in `video`, and looks until it is closed. */
  open: (video: HTMLVideoElement) => Promise<void>
}

/** How bright a picture is, from 0 to 255; null where it cannot be told. */
function brightness(video: HTMLVideoElement): number | null {
  const canvas = Object.assign(document.createElement('canvas'), { width: GRID, height: GRID })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(video, 0, 0, GRID, GRID)
  const { data } = context.getImageData(0, 0, GRID, GRID)
  let sum = 0
  for (let at = 0; at < data.length; at += 4) sum += Math.max(data[at]!, data[at + 1]!, data[at + 2]!)
  return sum / (GRID * GRID)
}

/**
 * One camera for one component; it is closed with it.
 * @param found hears of each code that comes before it; the same one again after it was out of sight.
 * @param bright how bright the picture is.
 */
export function useLens(
  found: (text: string) => void,
  make: () => Promise<QrReader> = qrReader,
  bright: (video: HTMLVideoElement) => number | null = brightness,
): Lens {
  const camera = useCamera()
  const state = ref<LensState>('asked')
  const torch = useTorch()
  const isBlack = ref(false)
  let blackLooks = 0
  const picture: ShallowRef<HTMLVideoElement | null> = shallowRef(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isHeld = false
  let isClosed = false
  let last: string | null = null

  async function look(reader: QrReader) {
    const video = picture.value
    if (isClosed || !video) return
    const text = video.readyState >= 2 ? await reader.read(video).catch(() => null) : null
    if (isClosed || picture.value !== video) return
    if (text !== null && text !== last) found(text)
    last = text
    const level = video.readyState >= 2 ? bright(video) : null
    blackLooks = level !== null && level < BLACK ? blackLooks + 1 : 0
    isBlack.value = blackLooks >= BLACK_LOOKS
    timer = setTimeout(() => void look(reader), LOOK_MS)
  }

  /** The cable was pulled out, or the right taken away: what was shown stands still and reads nothing. */
  function torn() {
    if (isClosed || state.value !== 'live') return
    clearTimeout(timer)
    if (picture.value) picture.value.srcObject = null
    picture.value = null
    torch.tie(null)
    isBlack.value = false
    state.value = 'none'
    if (isHeld) camera.release()
    isHeld = false
  }
  function close() {
    isClosed = true
    clearTimeout(timer)
    torch.putOut()
    if (picture.value) picture.value.srcObject = null
    if (isHeld) camera.release()
    isHeld = false
  }
  onScopeDispose(close)

  return {
    state,
    isBlack,
    light: torch.light,
    switchLight: torch.switchLight,
    async open(video) {
      try {
        state.value = 'asked'
        const [stream, reader] = await Promise.all([camera.acquire(), make()])
        if (isClosed) return camera.release()
        isHeld = true
        picture.value = video
        video.srcObject = stream
        await video.play()
        stream.getTracks().forEach((one) => one.addEventListener('ended', torn))
        torch.tie(stream)
        state.value = 'live'
        void look(reader)
      } catch {
        state.value = 'none'
      }
    },
  }
}
