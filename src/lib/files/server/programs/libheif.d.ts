/** The part of libheif that we use; what it brings as types is about something else. */
declare module 'libheif-js/wasm-bundle.js' {
  interface Picture {
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Fills `data` with four bytes a pixel, and gives it; null where the picture is broken. */
    display(
      into: { data: Uint8ClampedArray; width: number; height: number },
      done: (shown: object | null) => void
    ): void;
  }
  const heif: { ready: Promise<unknown>; HeifDecoder: new () => { decode(bytes: Uint8Array): Picture[] } };
  export default heif;
}
