"""The list of golden images, GOLDEN/expected.json."""
import json
import os


def load(folder):
    with open(os.path.join(folder, 'expected.json')) as f:
        return json.load(f)


def put(folder, images):
    """Adds images to the list; those of the same names are replaced."""
    expected = load(folder)
    names = {i['name'] for i in images}
    expected['images'] = [i for i in expected['images'] if i['name'] not in names] + images
    with open(os.path.join(folder, 'expected.json'), 'w') as f:
        json.dump(expected, f, indent=1)
        f.write('\n')
