package io.pagestream.producer.stream;

/**
 * The names that people give an image. None of them is part of its identity.
 *
 * @param label display name, unique in its case
 * @param host name of the machine whose memory it is; empty if it is not known
 * @param evidenceId id of the exhibit; empty if it has none
 */
public record ImageNames(String label, String host, String evidenceId) {
  /** Only a label. */
  public static ImageNames of(String label) {
    return new ImageNames(label, "", "");
  }
}
