package io.pagestream.analyzers.catalog;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import java.util.function.Function;

/**
 * One line of the catalogue.
 *
 * @param info what it is, known without making one
 * @param factory makes an instance for one thread
 * @param onByDefault whether it runs unless the user says otherwise
 */
public record AnalyzerRegistration(
    AnalyzerInfo info, Function<AnalyzerOptions, Analyzer> factory, boolean onByDefault) {}
