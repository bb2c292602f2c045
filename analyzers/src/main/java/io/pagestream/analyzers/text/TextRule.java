package io.pagestream.analyzers.text;

/** Decides what there is at an anchor. It keeps no state and reads a bounded number of bytes. */
interface TextRule {
  /**
   * Reports what is valid around the anchor.
   *
   * @param text index 0 is the anchor's last character
   * @return whether that is decided: something was reported, or what is here is part of something
   *     else
   */
  boolean examine(CharView text, Report report);

  /**
   * Whether the edge of a page may end an artifact that is not valid across it. Neighbours in
   * physical memory often do not belong together; but where only the surroundings say what an
   * artifact is, they must not be cut off.
   */
  default boolean mayEndAtPageEdge() {
    return true;
  }
}
