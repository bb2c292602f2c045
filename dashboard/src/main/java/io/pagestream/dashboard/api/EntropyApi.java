package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.map.CellGrid;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.schemas.page.Entropy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/entropy}: the layer of the map that is computed on request, from the first page
 * of each cell. Requires the image's file.
 */
public final class EntropyApi {
  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("image", "first", "pages", "cells");

  private static final int MOST_CELLS = 16_384;

  private final FindingStore store;
  private final ImageLibrary images;

  /** Uses a store and the images. */
  public EntropyApi(FindingStore store, ImageLibrary images) {
    this.store = store;
    this.images = images;
  }

  /** The same parameters as the map's. */
  public void entropy(Context context) {
    Asked asked = new Asked(context);
    String imageId = asked.imageId("image");
    CellGrid grid = MapApi.grid(asked, Spaces.of(store, imageId));
    if (grid.cells() > MOST_CELLS) {
      throw new BadQuestion("cells must be at most " + MOST_CELLS + " for entropy");
    }
    if (!images.isReachable(imageId)) {
      Json.send(context, Map.of("state", "absent"));
      return;
    }
    long[] addresses = new long[grid.cells()];
    for (int cell = 0; cell < addresses.length; cell++) {
      long place = grid.first() + cell * grid.pagesPerCell();
      addresses[cell] = place < grid.end() ? grid.space().addressOf(place) : -1;
    }
    Optional<int[]> measured = images.measure(imageId, addresses, Entropy::centibits);
    Json.send(
        context,
        measured.isEmpty()
            ? Map.of("state", "opening")
            : Map.of("state", "sampled", "centibits", measured.get()));
  }
}
