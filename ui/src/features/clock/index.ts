export { default as ClockNotice } from './ClockNotice.vue'
