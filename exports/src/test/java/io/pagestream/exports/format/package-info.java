@NullMarked
package io.pagestream.exports.format;

import org.jspecify.annotations.NullMarked;
