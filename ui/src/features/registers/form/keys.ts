/** Enter leads from field to field. */

const STOPS =
  'input:not([type="hidden"], [aria-hidden="true"], :disabled), select:not(:disabled), textarea:not(:disabled), [role="spinbutton"], button[type="submit"]'

/** From the field that has the focus to the next one; a choice and a day of several parts are one stop each. */
export function goOn(event: KeyboardEvent, form: HTMLElement): void {
  const from = event.target as HTMLElement
  if (event.defaultPrevented || event.isComposing || from.matches('button, a, textarea')) return
  event.preventDefault()
  const all = [...form.querySelectorAll<HTMLElement>(STOPS)]
  const own = wholeOf(from)
  const next = all.slice(all.indexOf(from) + 1).find((stop) => own === null || wholeOf(stop) !== own)
  if (next) (chosenOf(next, all) ?? next).focus()
}

/** What a field is a part of; null where it is a whole itself. */
function wholeOf(field: HTMLElement): Element | string | null {
  if (field instanceof HTMLInputElement && field.type === 'radio') return field.name
  return field.matches('[role="spinbutton"]') ? field.closest('[role="group"]') : null
}

/** The word of a choice that is chosen already: that is where one enters it. */
function chosenOf(stop: HTMLElement, all: readonly HTMLElement[]): HTMLElement | undefined {
  const whole = wholeOf(stop)
  if (typeof whole !== 'string') return undefined
  return all.find((one) => wholeOf(one) === whole && (one as HTMLInputElement).checked)
}
