/** What other features need of signing in. */
export { forgetSignIn } from './useSignIn'
