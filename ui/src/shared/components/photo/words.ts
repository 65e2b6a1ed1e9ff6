/** A photo in words: when, by whom, from where, and where its bytes are. */
import { useI18n } from 'vue-i18n'
import { useTimeFormat } from '@/shared/format/time'
import type { PhotoView } from './types'

export function usePhotoWords() {
  const { t } = useI18n()
  const time = useTimeFormat()
  return {
    /** `11-23 10:42 · 王秀兰 · 相册导入` */
    of(photo: PhotoView): string {
      const parts = [
        time.moment(photo.taken_at ?? photo.at),
        photo.by?.name ?? '',
        photo.source === 'import' ? t('photo.imported') : '',
      ]
      return parts.filter((part) => part !== '').join(t('shared.dot')) || t('photo.photo')
    },
    state: (photo: PhotoView) => t(`photo.state.${photo.state}`),
  }
}
