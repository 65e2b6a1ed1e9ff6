/**
 * Tags that are read by touch, where the browser can: `NDEFReader`, in Chromium on Android over HTTPS.
 *
 * Everything else has no such reader, and says so; tags are scanned or typed there.
 */
import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** What stands on a tag that was touched. */
export interface TouchedTag {
  /** Its serial number, such as `04:a2:19:c1`. */
  serial: string
  /** The text that was written on it; null where there is none. */
  text: string | null
}

/** A reader of tags. */
export interface NfcPort {
  /**
   * Reads until `signal` ends it.
   * @throws where the person or the device does not let it.
   */
  read: (touched: (tag: TouchedTag) => void, signal: AbortSignal) => Promise<void>
}

interface NdefRecord {
  recordType: string
  encoding?: string
  data?: DataView
}
interface NdefEvent extends Event {
  serialNumber: string
  message: { records: readonly NdefRecord[] }
}
interface NdefReader extends EventTarget {
  scan: (options: { signal: AbortSignal }) => Promise<void>
}

/** The first words among the records of a tag. */
function wordsOf(records: readonly NdefRecord[]): string | null {
  const record = records.find(({ recordType, data }) => ['text', 'url'].includes(recordType) && data)
  if (!record) return null
  return new TextDecoder(record.recordType === 'text' ? (record.encoding ?? 'utf-8') : 'utf-8').decode(
    record.data,
  )
}

/** The reader of this device; null where it has none. */
export function ownNfc(): NfcPort | null {
  const Reader = (globalThis as { NDEFReader?: new () => NdefReader }).NDEFReader
  if (!Reader) return null
  return {
    async read(touched, signal) {
      const reader = new Reader()
      reader.addEventListener(
        'reading',
        (event) => {
          const { serialNumber, message } = event as NdefEvent
          touched({ serial: serialNumber, text: wordsOf(message.records) })
        },
        { signal },
      )
      await reader.scan({ signal })
    },
  }
}

export interface Nfc {
  /** Whether tags are read now. */
  isOn: Readonly<Ref<boolean>>
  /** Whether this device has a reader at all. */
  isHere: boolean
  /** Asks for it anew, by a tap: some browsers ask the person, and only then. */
  ask: () => void
}

/**
 * Reads tags while the component stands and `isWanted` says so.
 *
 * @param touched hears of the words on a tag, or its serial number where it has none.
 * @param port the reader.
 */
export function useNfc(
  touched: (code: string) => void,
  isWanted: () => boolean,
  port: NfcPort | null = ownNfc(),
): Nfc {
  const isOn = ref(false)
  let running: AbortController | null = null

  async function start() {
    if (!port || running) return
    const mine = new AbortController()
    running = mine
    try {
      await port.read(({ text, serial }) => touched(text ?? serial), mine.signal)
      isOn.value = !mine.signal.aborted
    } catch {
      // Not allowed, or switched off: the person scans or types, and may ask again.
      if (running === mine) stop()
    }
  }
  function stop() {
    running?.abort()
    running = null
    isOn.value = false
  }
  watch(isWanted, (wanted) => (wanted ? void start() : stop()), { immediate: true })
  onScopeDispose(stop)
  return { isOn, isHere: port !== null, ask: () => void start() }
}
