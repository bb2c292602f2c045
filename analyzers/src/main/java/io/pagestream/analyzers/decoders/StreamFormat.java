package io.pagestream.analyzers.decoders;

import java.util.List;
import java.util.function.Supplier;

/**
 * A format of streams.
 *
 * @param codec name of the codec in paths
 * @param pattern expression that matches its anchor
 * @param matchBytes length of a match: the stream starts that many bytes before its end
 * @param newDecoder creates a decoder for one thread
 */
record StreamFormat(
    String codec, String pattern, int matchBytes, Supplier<StreamDecoder> newDecoder) {
  /** All formats; their indexes are those of their patterns. */
  static final List<StreamFormat> ALL =
      List.of(
          new StreamFormat("ZLIB", ZlibStream.PATTERN, 2, ZlibStream::new),
          new StreamFormat("ZIP", ZipMember.PATTERN, 4, ZipMember::new),
          new StreamFormat("BZIP2", Bzip2Stream.PATTERN, 10, Bzip2Stream::new),
          new StreamFormat("XZ", XzStream.PATTERN, 5, XzStream::new),
          new StreamFormat("ZSTD", ZstdFrame.PATTERN, 4, ZstdFrame::new),
          new StreamFormat("LZ4", Lz4Frame.PATTERN, 4, Lz4Frame::new),
          new StreamFormat("SNAPPY", SnappyFrames.PATTERN, 10, SnappyFrames::new),
          new StreamFormat("SNAPPY", SnappyFrames.JAVA_PATTERN, 7, SnappyFrames::new),
          new StreamFormat("MAM", MamFile.PATTERN, 4, MamFile::new),
          new StreamFormat("XPRESS", HiberfilBlock.PATTERN, 8, HiberfilBlock::new),
          new StreamFormat(
              "LZNT1", Lznt1Chunks.PATTERN, Lznt1Chunks.MATCH_BYTES, Lznt1Chunks::new));
}
