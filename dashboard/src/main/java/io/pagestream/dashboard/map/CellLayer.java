package io.pagestream.dashboard.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One layer of the map: how many pages of each cell have which word. Words are few. */
public final class CellLayer {
  private static final int MOST_WORDS = 16;

  private final int cells;
  private final List<String> words = new ArrayList<>();
  private final List<long[]> pages = new ArrayList<>();

  /** An empty layer. */
  public CellLayer(int cells) {
    this.cells = cells;
  }

  /** Counts pages of a cell. */
  public void add(int cell, String word, long count) {
    int index = words.indexOf(word);
    if (index < 0) {
      if (words.size() == MOST_WORDS) {
        index = MOST_WORDS - 1; // a store of another version; nothing is lost, only told apart
      } else {
        index = words.size();
        words.add(word);
        pages.add(new long[cells]);
      }
    }
    pages.get(index)[cell] += count;
  }

  /**
   * The layer as JSON: {@code words}; for each cell the index of its most frequent word, -1 where
   * nothing is known ({@code main}); and a bit mask of all its words ({@code mask}).
   */
  public Map<String, Object> toJson() {
    int[] main = new int[cells];
    int[] mask = new int[cells];
    for (int cell = 0; cell < cells; cell++) {
      long most = 0;
      main[cell] = -1;
      for (int word = 0; word < words.size(); word++) {
        long count = pages.get(word)[cell];
        if (count > 0) {
          mask[cell] |= 1 << word;
        }
        if (count > most) {
          most = count;
          main[cell] = word;
        }
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("words", words);
    json.put("main", main);
    json.put("mask", mask);
    return json;
  }
}
