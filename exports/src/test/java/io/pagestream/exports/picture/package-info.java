/** Tests of this package. */
@NullMarked
package io.pagestream.exports.picture;

import org.jspecify.annotations.NullMarked;
