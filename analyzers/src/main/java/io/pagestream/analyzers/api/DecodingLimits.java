package io.pagestream.analyzers.api;

import java.util.List;

/**
 * The limits of decoded content ({@code docs/decisions/0019-decoders.md}). They are options of the
 * analyzer {@value #ANALYZER} and apply to the content that any analyzer decodes.
 *
 * @param depth number of codecs that are decoded inside each other, at least 1
 * @param pageBytes bytes of the content of the streams that start in a page that are analyzed, in
 *     each round and for each analyzer that decodes
 * @param streamBytes bytes of the content of one stream that are analyzed
 */
public record DecodingLimits(int depth, int pageBytes, int streamBytes) {
  /** The analyzer whose options they are. */
  public static final String ANALYZER = "decoders";

  private static final String DEPTH = "depth";
  private static final String PAGE_KIB = "page-kib";
  private static final String STREAM_KIB = "stream-kib";
  private static final int KIB = 1024;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_PAGE_KIB = 4 * KIB;
  private static final int MAX_STREAM_KIB = 4 * KIB;

  /** The defaults. */
  public static final DecodingLimits DEFAULT = new DecodingLimits(4, 256 * KIB, 256 * KIB);

  /** The options by which users set them. */
  public static final List<AnalyzerInfo.Option> OPTIONS =
      List.of(
          new AnalyzerInfo.Option(
              DEPTH,
              "Number of codecs that are decoded inside each other, 1 to %d.".formatted(MAX_DEPTH),
              Integer.toString(DEFAULT.depth())),
          new AnalyzerInfo.Option(
              PAGE_KIB,
              "KiB of content analyzed from all streams that start in a page, in each round, 1 to %d."
                  .formatted(MAX_PAGE_KIB),
              Integer.toString(DEFAULT.pageBytes() / KIB)),
          new AnalyzerInfo.Option(
              STREAM_KIB,
              "KiB of content analyzed from one stream, 1 to %d.".formatted(MAX_STREAM_KIB),
              Integer.toString(DEFAULT.streamBytes() / KIB)));

  /** Reads the options of {@value #ANALYZER}. */
  public static DecodingLimits of(AnalyzerOptions options) {
    return new DecodingLimits(
        options.integer(DEPTH, DEFAULT.depth(), 1, MAX_DEPTH),
        KIB * options.integer(PAGE_KIB, DEFAULT.pageBytes() / KIB, 1, MAX_PAGE_KIB),
        KIB * options.integer(STREAM_KIB, DEFAULT.streamBytes() / KIB, 1, MAX_STREAM_KIB));
  }
}
