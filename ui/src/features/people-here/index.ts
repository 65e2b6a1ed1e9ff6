/** What other features use of the switch of persons: the pad, the choice of a new PIN, and the wait after wrong tries. */
export { default as PinPad } from './PinPad.vue'
export { default as NewPin } from './NewPin.vue'
export { useWait } from './useWait'
