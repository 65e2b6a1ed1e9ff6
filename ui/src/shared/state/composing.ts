/** Keys that an input method takes to make words of: they are letters on their way, and no command. */

/** What browsers name a key that an input method has taken; WebKit does so also for the Enter that ends it. */
const TAKEN = 229

/** Whether a key is part of composing a word. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === TAKEN

/**
 * Keeps such keys from everybody who listens, on every page there is or will be: `Enter` must not send, nor an arrow
 * leave a field, while somebody chooses among characters. The field itself gets its words by `input` all the same.
 */
export function keepComposingToItself(view: Window): void {
  const keep = (event: KeyboardEvent) => isComposing(event) && event.stopImmediatePropagation()
  view.addEventListener('keydown', keep, { capture: true })
  view.addEventListener('keyup', keep, { capture: true })
}
