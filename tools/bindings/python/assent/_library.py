"""The library itself: where it is found, and what its functions take. Entry: `library`.

Sought where the environment's ASSENT_LIBRARY says, else beside this package, else by the system's loader.
"""
import ctypes
import os
import pathlib

NAME = 'libassent.so.1'
ABI = 1  # what assent.h calls ASSENT_ABI


class Text(ctypes.Structure):
    """assent_text: memory of the library for an answer."""
    _fields_ = [('data', ctypes.c_void_p), ('size', ctypes.c_size_t), ('capacity', ctypes.c_size_t)]


class Bounds(ctypes.Structure):
    """assent_limits."""
    _fields_ = [('size', ctypes.c_size_t), ('quote_bytes', ctypes.c_uint64), ('rows', ctypes.c_uint64),
                ('work', ctypes.c_uint64), ('memory', ctypes.c_uint64)]


class Circumstances(ctypes.Structure):
    """assent_world."""
    _fields_ = [('size', ctypes.c_size_t), ('today', ctypes.c_int32), ('state', ctypes.c_int32),
                ('now', ctypes.c_int64), ('utc_offset', ctypes.c_int32), ('directory', ctypes.c_void_p),
                ('rates', ctypes.c_void_p), ('deputies', ctypes.c_void_p)]


# Handles and structures are addresses, texts are bytes with their length: what ctypes passes without making anything.
_HANDLE, _MADE, _WORLD, _LIMITS, _ANSWER = [ctypes.c_void_p] * 5
_JSON = (ctypes.c_char_p, ctypes.c_size_t)

_CALLS = {  # each gives a status
    'directory_read': (*_JSON, _MADE, _ANSWER),
    'rates_read': (*_JSON, _MADE, _ANSWER),
    'deputies_read': (*_JSON, _MADE, _ANSWER),
    'policy_load': (*_JSON, _MADE, _ANSWER),
    'policy_about': (_HANDLE, _ANSWER),
    'policy_schema': (_HANDLE, _ANSWER),
    'evaluator_new': (_HANDLE, _LIMITS, _MADE, _ANSWER),
    'decide': (_HANDLE, *_JSON, _WORLD, _ANSWER),
    'explain': (_HANDLE, _ANSWER),
    'fact': (_HANDLE, *_JSON, _ANSWER),
    'session_open': (_HANDLE, _LIMITS, *_JSON, _WORLD, _MADE, _ANSWER),
    'session_set': (_HANDLE, *_JSON, *_JSON, _ANSWER),
    'session_insert': (_HANDLE, *_JSON, *_JSON, _ANSWER),
    'session_remove': (_HANDLE, *_JSON, _ANSWER),
    'session_decision': (_HANDLE, _ANSWER),
    'session_explain': (_HANDLE, _ANSWER),
    'case_new': (*_JSON, _MADE, _ANSWER),
    'case_apply': (_HANDLE, *_JSON, _ANSWER),
    'case_advance': (_HANDLE, _HANDLE, *_JSON, _WORLD, _ANSWER),
    'case_json': (_HANDLE, _ANSWER),
    'orders': (_HANDLE, _HANDLE, *_JSON, _WORLD, _ANSWER),
    'replan': (_HANDLE, _HANDLE, *_JSON, *_JSON, _WORLD, _ANSWER),
    'fulfilment': (_HANDLE, _HANDLE, *_JSON, _WORLD, ctypes.c_int32, _ANSWER),
}
_FREES = ('text_free', 'directory_free', 'rates_free', 'deputies_free', 'policy_free', 'evaluator_free',
          'session_free', 'case_free')


def load() -> ctypes.CDLL:
    """The library, with its functions declared. ImportError where there is none, or one of another ABI."""
    beside = pathlib.Path(__file__).with_name(NAME)
    place = os.environ.get('ASSENT_LIBRARY') or (str(beside) if beside.exists() else NAME)
    try:
        loaded = ctypes.CDLL(place)
        declare(loaded)
    except OSError as problem:
        raise ImportError(f'cannot load `{NAME}`: say in the environment\'s ASSENT_LIBRARY where it is, put it beside '
                          f'the package, or where the system\'s loader looks ({problem})') from None
    except AttributeError as problem:
        raise ImportError(f'`{place}` is not the library of Assent: {problem}') from None
    if loaded.assent_abi() != ABI:
        raise ImportError(f'`{place}` has the ABI {loaded.assent_abi()}, this package needs {ABI}')
    return loaded


def declare(loaded: ctypes.CDLL) -> None:
    """Says what each function takes and gives. AttributeError for one that the library has not."""
    for name, takes in _CALLS.items():
        function = getattr(loaded, 'assent_' + name)
        function.argtypes, function.restype = takes, ctypes.c_int
    for name in _FREES:
        function = getattr(loaded, 'assent_' + name)
        function.argtypes, function.restype = (_HANDLE,), None
    for name in ('abi', 'oldest_format', 'newest_format'):
        getattr(loaded, 'assent_' + name).restype = ctypes.c_uint32
    loaded.assent_version.restype = ctypes.c_char_p
    loaded.assent_status_name.argtypes, loaded.assent_status_name.restype = (ctypes.c_int,), ctypes.c_char_p
    loaded.assent_case_version.argtypes, loaded.assent_case_version.restype = (_HANDLE,), ctypes.c_uint64
    loaded.assent_case_next_due.argtypes, loaded.assent_case_next_due.restype = (_HANDLE,), ctypes.c_int64


library = load()
