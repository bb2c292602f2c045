package io.pagestream.dashboard.source;

import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.live.CaseProgress;
import io.pagestream.dashboard.notes.NoteFile;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the dashboard shows.
 *
 * @param title the case's name for people
 * @param store findings, images, ranges, verdicts
 * @param notes what people have noted
 * @param images where bytes of pages come from
 * @param seal the seal of a finished case, as far as it was checked; empty for a live one, which
 *     has none yet
 * @param progress how far a live case is; empty for a finished one
 */
public record CaseSource(
    String title,
    FindingStore store,
    NoteFile notes,
    ImageLibrary images,
    Optional<CheckedCase> seal,
    Optional<Supplier<CaseProgress>> progress) {}
