/** The {@code paths} analyzer: paths of files, of shares and of the registry, and command lines. */
@NullMarked
package io.pagestream.analyzers.paths;

import org.jspecify.annotations.NullMarked;
