/** What other features use of the switch of persons: the pad, the choice of a new PIN, a name by hand, and the wait after wrong tries. */
export { default as PinPad } from './PinPad.vue'
export { default as NewPin } from './NewPin.vue'
export { default as HandDialog } from './hand/HandDialog.vue'
export { useWait } from './useWait'
