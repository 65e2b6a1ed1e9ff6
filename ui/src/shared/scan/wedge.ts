/**
 * Scanners that type: a code comes as keys, each a few ms after the one before, and ends in Enter.
 *
 * Whatever has the focus, such a burst is a scan and no typing: what it has put into a field is taken out again. Only in a field for
 * a measured value digits stay what they are, a value.
 */
import { onScopeDispose } from 'vue'

/** A hand takes longer from key to key. */
const KEY_MS = 35
/** The shortest code. */
const SHORTEST = 4

/** What of a key event is looked at. */
export interface Key {
  key: string
  /** When it went down, ms, by the clock of its event. */
  at: number
}

/** Follows keys; gives the code when its Enter has come, else null. */
export function createBurst(): (key: Key) => string | null {
  let typed = ''
  let last = -Infinity
  return ({ key, at }) => {
    const isQuick = at - last < KEY_MS
    if (key === 'Enter') {
      const code = isQuick && [...typed].length >= SHORTEST ? typed : null
      typed = ''
      return code
    }
    // Shift, and what else writes nothing, stands between two letters of a code.
    if ([...key].length !== 1) return null
    typed = isQuick ? typed + key : key
    last = at
    return null
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null

/** Whether a code is what such a field asks for: digits where a value is measured. */
function isValueOf(field: Field, code: string): boolean {
  const isMeasured = ['decimal', 'numeric'].includes(field.inputMode) || field.type === 'number'
  return isMeasured && /^[-+]?\d+([.,]\d+)?$/.test(code)
}

/** Takes the code out of the field that it was typed into. */
export function takeOut(field: Field, code: string): void {
  const start = field.value.lastIndexOf(code)
  if (start < 0) return
  field.setRangeText('', start, start + code.length, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export interface WedgeOptions {
  /** What is done with a code. */
  scanned: (code: string) => void
  /** Whether the page takes codes now. */
  isOn: () => boolean
  /** Whether a code that was typed into a field is one of ours, and so no words that somebody scans into it. */
  isOurs: (code: string) => boolean | Promise<boolean>
}

/** Listens to such scanners while the component stands, whatever on the page has the focus. */
export function useWedge({ scanned, isOn, isOurs }: WedgeOptions): void {
  const burst = createBurst()
  function onKey(event: KeyboardEvent) {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return
    const code = burst({ key: event.key, at: event.timeStamp })
    if (code === null) return
    const field = fieldOf(event.target)
    if (field && isValueOf(field, code)) return
    // Its Enter presses no button and sends no form.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (field) void takeFrom(field, code)
    else scanned(code)
  }
  async function takeFrom(field: Field, code: string) {
    if (!(await isOurs(code))) return
    takeOut(field, code)
    scanned(code)
  }
  window.addEventListener('keydown', onKey, { capture: true })
  onScopeDispose(() => window.removeEventListener('keydown', onKey, { capture: true }))
}
