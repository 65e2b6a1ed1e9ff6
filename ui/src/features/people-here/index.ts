/** What other features use of the switch of persons: the pad, the choice of a new PIN, the wait after wrong
 * tries, and the PIN of a colleague beside who works. */
export { default as PinPad } from './PinPad.vue'
export { default as NewPin } from './NewPin.vue'
export { default as BesidePin } from './BesidePin.vue'
export { useBeside } from './useBeside'
