/** Facts about whole pages: their hashes, their entropy, and whether they are known. */
@NullMarked
package io.pagestream.analyzers.pages;

import org.jspecify.annotations.NullMarked;
