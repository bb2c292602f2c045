package io.pagestream.images.pagetable;

import java.util.ArrayList;
import java.util.List;

/**
 * Result of a walk of page tables.
 *
 * @param tables tables walked; one counts once for each virtual address at which it is seen
 * @param mappings leaves found
 * @param missingTables tables that are not in the image
 * @param malformedEntries present entries with reserved bits set, at which a processor would fault
 * @param repeatedTables number of times that a table was not walked because it had been walked at
 *     64 other virtual addresses
 * @param stoppedEarly whether the walk was abandoned because the tables do not end
 */
public record WalkSummary(
    long tables,
    long mappings,
    long missingTables,
    long malformedEntries,
    long repeatedTables,
    boolean stoppedEarly) {

  /** Nothing was walked. */
  static final WalkSummary NONE = new WalkSummary(0, 0, 0, 0, 0, false);

  /** The sum of both walks. */
  WalkSummary plus(WalkSummary other) {
    return new WalkSummary(
        tables + other.tables,
        mappings + other.mappings,
        missingTables + other.missingTables,
        malformedEntries + other.malformedEntries,
        repeatedTables + other.repeatedTables,
        stoppedEarly || other.stoppedEarly);
  }

  /** Whether a page without a known mapping certainly has none under the roots. */
  public boolean isComplete() {
    return missingTables == 0 && !stoppedEarly;
  }

  /** Irregularities, in sentences; empty if there are none. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (missingTables > 0) {
      warnings.add(
          "%d page tables are not in the image: pages without a known mapping may have one"
              .formatted(missingTables));
    }
    if (stoppedEarly) {
      warnings.add(
          "the page tables exceed what an image of this size can hold; "
              + "the walk was abandoned after %d tables".formatted(tables));
    }
    if (malformedEntries > 0) {
      warnings.add(
          "%d page-table entries have reserved bits set and map nothing"
              .formatted(malformedEntries));
    }
    if (repeatedTables > 0) {
      warnings.add(
          "page tables were seen at more than %d virtual addresses, %d times beyond these: pages"
                  .formatted(SeenTables.MOST_ADDRESSES, repeatedTables)
              + " below them have more mappings than counted");
    }
    return warnings;
  }
}
