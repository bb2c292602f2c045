/** The catalog of analyzers. */
@NullMarked
package io.pagestream.analyzers.catalog;

import org.jspecify.annotations.NullMarked;
