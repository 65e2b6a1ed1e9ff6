/** Photos that are taken before what they belong to is saved. */
import { computed } from 'vue'
import { useBackend, type PhotoRef } from '@/backend'
import { asView, usePhotoDesk } from '@/shared/components/photo'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'

/**
 * Keeps the photos of a draft.
 * @param place where on the desk they lie.
 * @param areaName what is written on them, beside when and by whom.
 */
export function usePhotos(
  draft: { photos: PhotoRef[] },
  place: string,
  areaName: () => string | null | undefined,
) {
  const time = useTimeFormat()
  const session = useSession()
  const desk = usePhotoDesk({
    backend: useBackend(),
    keep: async (_place, photo) => void draft.photos.push(photo),
    stamp: (_place, takenAt) => [
      time.moment(takenAt),
      [session.campus.value?.name, areaName()].filter(Boolean).join(' '),
      session.name.value ?? '',
    ],
  })
  return {
    desk,
    photos: computed(() => draft.photos.map(asView)),
    isKeeping: computed(() => desk.of(place).some(({ state }) => state === 'working')),
    remove: ({ blob }: { blob: string }) =>
      (draft.photos = draft.photos.filter((photo) => photo.blob !== blob)),
  }
}
