import {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
} from "livekit-client";

/**
 * What is used of livekit-client, by name, so that the rest of it is not shipped. Imported only by `line.ts`, and only
 * when a room is near.
 */
export const livekit = {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
} as const;
