/** The camera of the device, opened once for all who show it, and closed when nobody does. */
import { useLocalStorage } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import { PhotoProblem } from './problem'

/** How long it stays open after the last one: the next photo is then there at once. */
const LINGER_MS = 4_000

const stream = shallowRef<MediaStream | null>(null)
/** Whether it was allowed before on this device, so that it may open without a question. */
const wasAllowed = useLocalStorage('rounds-camera-allowed', false)
const isRefused = ref(false)
let users = 0
let hasAsked = false
let opening: Promise<MediaStream> | null = null
let closing: ReturnType<typeof setTimeout> | undefined

/** Whether pages can have a live camera here at all: over HTTPS, on loopback, or in the window. */
export function hasCamera(): boolean {
  return typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getUserMedia === 'function'
}

/** Asks the browser once whether the right was given elsewhere, as in its settings. */
function askOnce() {
  if (hasAsked || !hasCamera()) return
  hasAsked = true
  const asked = navigator.permissions?.query({ name: 'camera' as PermissionName })
  void asked?.then(({ state }) => state === 'granted' && (wasAllowed.value = true)).catch(() => {})
}

function close() {
  stream.value?.getTracks().forEach((track) => track.stop())
  stream.value = null
  opening = null
}

async function start(): Promise<MediaStream> {
  try {
    const opened = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
      audio: false,
    })
    // The person may take the right away, or the cable out.
    opened.getTracks().forEach((track) => track.addEventListener('ended', close))
    wasAllowed.value = true
    isRefused.value = false
    stream.value = opened
    return opened
  } catch (error) {
    opening = null
    wasAllowed.value = false
    isRefused.value = true
    const isNo = error instanceof DOMException && error.name === 'NotAllowedError'
    throw new PhotoProblem(isNo ? 'camera_refused' : 'no_camera')
  }
}

/** The camera for one component; `release` when it goes. */
export function useCamera() {
  askOnce()
  return {
    stream,
    /** Whether it may open without asking the person. */
    mayOpenByItself: computed(() => hasCamera() && wasAllowed.value && !isRefused.value),
    /** @throws {PhotoProblem} when there is none, or the person refuses. */
    async acquire(): Promise<MediaStream> {
      clearTimeout(closing)
      users += 1
      try {
        return await (opening ??= start())
      } catch (error) {
        users -= 1
        throw error
      }
    },
    release() {
      users = Math.max(0, users - 1)
      clearTimeout(closing)
      if (users === 0) closing = setTimeout(close, LINGER_MS)
    },
  }
}

/** The picture that a playing video shows now, at the camera's own size. */
export async function shoot(video: HTMLVideoElement): Promise<Blob> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0) throw new PhotoProblem('no_camera')
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PhotoProblem('broken'))), 'image/jpeg', 0.92),
  )
}
