/** What other features use of the switch of persons: the pad, the choice of a new PIN, the PIN of a colleague beside who works, and
 * a name by hand. */
export { default as PinPad } from './PinPad.vue'
export { default as NewPin } from './NewPin.vue'
export { default as BesidePin } from './BesidePin.vue'
export { default as HandDialog } from './hand/HandDialog.vue'
export { useBeside } from './useBeside'
export { useWait } from './useWait'
