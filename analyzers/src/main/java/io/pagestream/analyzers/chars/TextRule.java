package io.pagestream.analyzers.chars;

/** Recognizes an artifact at an anchor. Stateless; reads a bounded number of bytes. */
public interface TextRule {
  /**
   * Reports what is valid around the anchor.
   *
   * @param text index 0 is the anchor's last character
   * @return whether the result is final: an artifact was reported, or the text is part of something
   *     else
   */
  boolean examine(CharView text, Report report);

  /**
   * Whether the edge of a page may end an artifact that is not valid across it. Adjacent pages in
   * physical memory are often unrelated; but if only the surroundings identify an artifact, they
   * must not be cut off.
   */
  default boolean mayEndAtPageEdge() {
    return true;
  }
}
