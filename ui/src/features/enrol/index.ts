/** What other features use to read a QR code. */
export { default as QrScanner } from './QrScanner.vue'
