/**
 * Only containers that hold their own sound. Playlist formats (concat, HLS) name further files: what is sent to us must
 * never make us open a file of this machine or an address.
 */
export const ALLOWED_FORMATS =
  'wav,w64,aiff,caf,mp3,flac,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,aac,ape,wv,tta,asf,amr,ac3,eac3';
