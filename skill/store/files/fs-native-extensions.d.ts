declare module 'fs-native-extensions' {
  /** False where another open file holds the lock; ends when the file is closed. */
  export function tryLock(fd: number): boolean;
}
