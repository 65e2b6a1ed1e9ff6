/** Photos: take, keep, show. `usePhotoDesk` keeps them, `PhotoStrip` shows and takes them. */
export { default as PhotoStrip } from './PhotoStrip.vue'
export { usePhotoDesk, usePhotoShelf, type DeskOptions, type PhotoDesk } from './desk'
export { asView } from './types'
export type { LocalPhoto, PhotoRef, PhotoView } from './types'
