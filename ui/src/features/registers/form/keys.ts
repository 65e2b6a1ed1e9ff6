/** Enter leads from field to field. */

const STOPS =
  'input:not([type="hidden"]):not(:disabled), select:not(:disabled), textarea:not(:disabled), [role="spinbutton"], button[type="submit"]'

/** From the field that has the focus to the next one; of a choice only the chosen word, or the first, is a stop. */
export function goOn(event: KeyboardEvent, form: HTMLElement): void {
  const from = event.target as HTMLElement
  if (event.defaultPrevented || event.isComposing || from.matches('button, a, textarea')) return
  event.preventDefault()
  const stops = [...form.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => !isPassed(stop, from))
  const next = stops[stops.indexOf(from) + 1]
  next?.focus()
}

/** Whether a stop belongs to a choice that is entered elsewhere, or to the one that is just left. */
function isPassed(stop: HTMLElement, from: HTMLElement): boolean {
  if (!(stop instanceof HTMLInputElement) || stop.type !== 'radio' || stop === from) return false
  const isSameGroup = from instanceof HTMLInputElement && from.type === 'radio' && from.name === stop.name
  if (isSameGroup) return true
  const group = [...(stop.form?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])].filter(
    ({ name }) => name === stop.name,
  )
  return stop !== (group.find(({ checked }) => checked) ?? group[0])
}
