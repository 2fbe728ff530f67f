/** The ring of a desk as a sound, for whoever wants to hear it: two short tones, in one tab of a browser. Browser only. */

/** Of this browser alone: at home somebody may want it, and not in an office of twenty. */
const choice = 'chat-sound';

export function wantsSound(): boolean {
  try {
    return localStorage.getItem(choice) === 'yes';
  } catch {
    return false;
  }
}

/** Whoever wants it hears it at once: so they know it, and the browser that it may. */
export function chooseSound(wants: boolean) {
  try {
    localStorage.setItem(choice, wants ? 'yes' : 'no');
  } catch {
    // Then it rings until the page is left.
  }
  if (wants) void play();
}

/** However many tabs are open, one of them rings. */
export function ringOnce() {
  if (!wantsSound()) return;
  if (!('locks' in navigator)) return void play();
  void navigator.locks.request('chat-ring', { ifAvailable: true }, (lock) => (lock ? play() : undefined));
}

let audio: AudioContext | null = null;

/** Ends when the ring does. A browser that has not been touched yet plays nothing, and the bar and the title say it all. */
async function play() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await Promise.race([audio.resume(), pause(300)]);
  if (audio.state !== 'running') return;
  for (const [after, pitch] of [
    [0, 660],
    [0.25, 880]
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.25);
  }
  await pause(600);
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
