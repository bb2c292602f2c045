package io.pagestream.benchmarks.throughput;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median, smallest and largest of some figures: a mean would follow the one that was disturbed. */
record Spread(double median, double min, double max) {
  /** Of one figure of each pass; at least one pass. */
  static Spread of(List<Pass> passes, ToDoubleFunction<Pass> figure) {
    double[] sorted = passes.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  /** For a cell of a table: the median, and the others behind it unless there is but one figure. */
  String cell(int decimals) {
    String form = "%." + decimals + 'f';
    String all = min == max ? form : form + " (" + form + "–" + form + ')';
    return String.format(Locale.ROOT, all, median, min, max);
  }
}
