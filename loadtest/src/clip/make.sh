#!/bin/sh
# Makes the demo's clip anew: three layers of VP8 (IVF) and Opus (Ogg), drawn and played by Clip.java.
# Needs a JDK 25, ffmpeg with libvpx and libopus, and the font DejaVu. Usage: make.sh [DIRECTORY]
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
out=${1-$here/../main/resources/live/strait/loadtest/demo}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mkdir -p "$out"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" "$here/Clip.java" picture |
    ffmpeg -hide_banner -loglevel error -y -f rawvideo -pixel_format bgr24 -video_size 1280x720 -framerate 30 -i - \
        -c:v ffv1 "$temporary/picture.mkv"

# A key frame each second on all layers, which is what a request for one waits for; no frame the host would have to
# hold back (no alternate references); rates as a browser's for these sizes, held over half a second.
layer() {
    ffmpeg -hide_banner -loglevel error -y -i "$temporary/picture.mkv" -vf "scale=$2:flags=area,format=yuv420p" \
        -c:v libvpx -b:v "$3" -maxrate "$3" -minrate "$3" -bufsize "$4" -g 30 -keyint_min 30 \
        -deadline good -cpu-used 1 -auto-alt-ref 0 -lag-in-frames 0 -error-resilient default "$out/$1.ivf"
}
layer q 320:180 120k 60k
layer h 640:360 400k 200k
layer f 1280:720 1200k 600k

# The second period of two: its first packet continues its last.
"$java" "$here/Clip.java" sound |
    ffmpeg -hide_banner -loglevel error -y -f s16le -ar 48000 -ac 1 -i - \
        -c:a libopus -b:a 40k -frame_duration 20 "$temporary/two.opus"
ffmpeg -hide_banner -loglevel error -y -ss 12 -i "$temporary/two.opus" -t 12 -c copy -f ogg "$out/sound.opus"
ls -l "$out"
