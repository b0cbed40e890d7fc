/** As much of RTCPeerConnection as the window's audio asks of it; for tests. */
export class FakePeerConnection extends EventTarget {
  static made: FakePeerConnection[] = [];
  /** What the browser says to a remote description that it cannot use. */
  static refusal: DOMException | null = null;
  readonly configuration: RTCConfiguration;
  readonly transceivers: { mid: string | null; direction: string; sender: FakeSender }[] = [];
  signalingState = 'stable';
  connectionState = 'new';
  iceGatheringState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  closed = false;
  #offers = 0;

  constructor(configuration: RTCConfiguration = {}) {
    super();
    this.configuration = configuration;
    FakePeerConnection.made.push(this);
  }

  addTransceiver(_kind: string, init: { direction: string }) {
    const transceiver = { mid: null, direction: init.direction, sender: new FakeSender() };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async createOffer() {
    return { type: 'offer', sdp: `offer ${++this.#offers} ${this.transceivers[0]?.direction}` };
  }

  async createAnswer() {
    return { type: 'answer', sdp: `answer ${this.transceivers[0]?.direction}` };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit) {
    if (description.type === 'rollback') this.signalingState = 'stable';
    else {
      this.localDescription = description;
      this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    }
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    if (FakePeerConnection.refusal) throw FakePeerConnection.refusal;
    this.remoteDescription = description;
    if (description.type === 'offer') this.transceivers.push({ mid: '0', direction: 'recvonly', sender: new FakeSender() });
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  async getStats() {
    return new Map();
  }

  close(): void {
    this.closed = true;
  }
}

export class FakeSender {
  track: FakeAudioTrack | null = null;
  parameters = {
    codecs: [
      { mimeType: 'audio/PCMA', clockRate: 8000, payloadType: 8 },
      { mimeType: 'audio/opus', clockRate: 48000, channels: 2, payloadType: 111 },
    ],
    encodings: [{}] as { codec?: { mimeType: string } }[],
  };

  async replaceTrack(track: FakeAudioTrack | null) {
    this.track = track;
  }

  getParameters() {
    return this.parameters;
  }

  async setParameters(parameters: FakeSender['parameters']) {
    this.parameters = parameters;
  }
}

export class FakeAudioTrack extends EventTarget {
  enabled = true;
  stopped = false;
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  clone(): FakeAudioTrack {
    return new FakeAudioTrack(this.name);
  }

  stop(): void {
    this.stopped = true;
  }
}
