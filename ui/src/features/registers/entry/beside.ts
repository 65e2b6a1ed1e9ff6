/**
 * What a colleague beside who works has begun to draw and type: kept in the memory of this page alone, so that a hand that slips, or
 * a look at the row behind the form, costs nobody a signature. Drafts on the device are those of who works; the strokes of another
 * hand stand in none.
 */
import { reactive, shallowReactive } from 'vue'
import type { FormValues } from '../types'

/** Which form: of whom who works, on which row, for which act. */
export interface Place {
  person: string | null
  record: string
  act: string
}
interface Form {
  values: FormValues
  /** What stood in it untouched. */
  base: string
  /** The digest of the row that its signer saw. */
  saw: string
}

const forms = shallowReactive(new Map<string, Form>())
const keyOf = ({ person, record, act }: Place) => JSON.stringify([person, record, act])
const isTouched = ({ values, base }: Form) => JSON.stringify(values) !== base

/** Whether a colleague has begun it, and not finished. */
export function isBegunBeside(place: Place): boolean {
  const form = forms.get(keyOf(place))
  return form !== undefined && isTouched(form)
}

/**
 * The values of a colleague's form, as they were left.
 *
 * @param saw the digest of the row as it stands; signatures under another one are not offered again.
 * @param signatures the fields that are signed.
 */
export function useBeside(
  place: Place,
  { saw, initial, signatures }: { saw: string; initial: FormValues; signatures: readonly string[] },
): { values: FormValues; done: () => void } {
  const key = keyOf(place)
  const form = forms.get(key) ?? { values: reactive(initial), base: JSON.stringify(initial), saw }
  if (form.saw !== saw) signatures.forEach((name) => (form.values[name] = []))
  form.saw = saw
  forms.set(key, form)
  // The same function is heard once, however often it is given.
  window.addEventListener('beforeunload', askFirst)
  return { values: form.values, done: () => void forms.delete(key) }
}

/** Whoever loads the page anew is asked first: what was drawn would be gone. */
function askFirst(event: BeforeUnloadEvent): void {
  if ([...forms.values()].some(isTouched)) event.preventDefault()
}
