/** Why a picture could not be kept, by what the person can do about it. */
export type PhotoProblemCode =
  | 'not_an_image'
  | 'heic'
  | 'broken'
  | 'too_slow'
  | 'too_large'
  | 'too_many_pixels'
  | 'no_camera'
  | 'camera_refused'

export class PhotoProblem extends Error {
  override readonly name = 'PhotoProblem'
  constructor(readonly code: PhotoProblemCode) {
    super(code)
  }
}
