/** Photos of a point that belong to no item yet: they wait among what was begun there. */
import { useBackend } from '@/backend'
import { usePhotoDesk, type PhotoDesk } from '@/shared/components/photo'
import { useTimeFormat } from '@/shared/format/time'
import { useSession } from '@/shared/state/session'
import type { Run } from '../model/contract'
import type { Drafts } from '../model/drafts'
import type { PatrolPort } from '../model/port'

/** The lines that are burnt into a photo of a point: when, where, who. */
export function usePointStamp(run: () => Run | null) {
  const time = useTimeFormat()
  const session = useSession()
  return (point: string, takenAt: number, code?: string): readonly string[] => {
    const name = run()?.points.find(({ id }) => id === point)?.name
    const filled = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ')
    return [
      filled([time.toWall(takenAt).replace('T', ' '), session.campus.value?.name, name]),
      filled([run()?.route_name, code, session.name.value]),
    ]
  }
}

const FIX = 'fixed/'

/** The place on the desk of photos that show how something looks that was put right. */
export const fixPlace = (finding: string): string => `${FIX}${finding}`

/** A desk whose places are points, and findings that were put right. */
export function usePointPhotos(run: () => Run | null, drafts: Drafts, port: PatrolPort): PhotoDesk {
  const stamp = usePointStamp(run)
  const pointOf = (place: string) =>
    place.startsWith(FIX)
      ? run()?.points.find(({ findings }) => findings.some(({ id }) => fixPlace(id) === place))?.id
      : place
  return usePhotoDesk({
    backend: useBackend(),
    stamp: (place, takenAt) => stamp(pointOf(place) ?? '', takenAt),
    async keep(place, photo) {
      if (place.startsWith(FIX)) await port.fixed({ finding: place.slice(FIX.length), photos: [photo] })
      else drafts.change(place, { photos: [...drafts.of(place).photos, photo] })
    },
  })
}
