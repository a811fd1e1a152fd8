package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.pickle.PickleNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that pickles of tensors use, and those that come along with training and do nothing but hold data. */
final class TorchNames {

    /** Dtype of what a storage class holds. */
    static final Map<String, Dtype> STORAGES = Map.ofEntries(
            Map.entry("FloatStorage", Dtype.F32),
            Map.entry("HalfStorage", Dtype.F16),
            Map.entry("BFloat16Storage", Dtype.BF16),
            Map.entry("DoubleStorage", Dtype.F64),
            Map.entry("CharStorage", Dtype.I8),
            Map.entry("ByteStorage", Dtype.U8),
            Map.entry("ShortStorage", Dtype.I16),
            Map.entry("IntStorage", Dtype.I32),
            Map.entry("LongStorage", Dtype.I64),
            Map.entry("BoolStorage", Dtype.BOOL),
            Map.entry("ComplexFloatStorage", Dtype.C64),
            Map.entry("UntypedStorage", Dtype.U8));

    /** Dtypes by the names that PyTorch gives them. */
    static final Map<String, Dtype> DTYPES = Map.ofEntries(
            Map.entry("torch.float32", Dtype.F32),
            Map.entry("torch.float16", Dtype.F16),
            Map.entry("torch.bfloat16", Dtype.BF16),
            Map.entry("torch.float64", Dtype.F64),
            Map.entry("torch.int8", Dtype.I8),
            Map.entry("torch.uint8", Dtype.U8),
            Map.entry("torch.int16", Dtype.I16),
            Map.entry("torch.uint16", Dtype.U16),
            Map.entry("torch.int32", Dtype.I32),
            Map.entry("torch.uint32", Dtype.U32),
            Map.entry("torch.int64", Dtype.I64),
            Map.entry("torch.uint64", Dtype.U64),
            Map.entry("torch.bool", Dtype.BOOL),
            Map.entry("torch.complex64", Dtype.C64),
            Map.entry("torch.float8_e4m3fn", Dtype.F8_E4M3),
            Map.entry("torch.float8_e5m2", Dtype.F8_E5M2),
            Map.entry("torch.float8_e4m3fnuz", Dtype.F8_E4M3FNUZ),
            Map.entry("torch.float8_e5m2fnuz", Dtype.F8_E5M2FNUZ),
            Map.entry("torch.float8_e8m0fnu", Dtype.F8_E8M0));

    static final String REBUILD_SUBCLASS = "torch._tensor._rebuild_from_type_v2";

    /** Those that answer a tensor whose values lie in a storage. */
    static final Set<String> REBUILD = Set.of(
            "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3");

    /** Those that wrap the tensor which is their first argument. */
    static final Set<String> WRAP = Set.of(
            "torch._utils._rebuild_parameter",
            "torch._utils._rebuild_parameter_with_state",
            "torch.nn.parameter.Parameter");

    /** Those that answer a tensor of a kind that is not read. */
    static final Set<String> NOT_READ = Set.of(
            "torch._utils._rebuild_qtensor",
            "torch._utils._rebuild_sparse_tensor",
            "torch._utils._rebuild_sparse_csr_tensor",
            "torch._utils._rebuild_nested_tensor",
            "torch._utils._rebuild_meta_tensor_no_storage",
            "torch._utils._rebuild_device_tensor_from_numpy");

    // Constructors that keep what they are given. Loading them runs no code that the file chooses.
    private static final Set<String> PLAIN_OBJECTS = Set.of(
            "argparse.Namespace",
            "_codecs.encode",
            "builtins.bytearray",
            "builtins.bytes",
            "builtins.complex",
            "builtins.dict",
            "builtins.frozenset",
            "builtins.object",
            "builtins.set",
            "builtins.slice",
            "collections.Counter",
            "collections.OrderedDict",
            "collections.defaultdict",
            "collections.deque",
            "datetime.date",
            "datetime.datetime",
            "datetime.timedelta",
            "numpy.core.multiarray._reconstruct",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray._reconstruct",
            "numpy._core.multiarray.scalar",
            "numpy.dtype",
            "pathlib.Path",
            "pathlib.PosixPath",
            "pathlib.PurePosixPath",
            "pathlib.WindowsPath",
            "torch.Size",
            "torch.device",
            "torch.serialization._get_layout");

    private static final Set<String> CLASSES = Set.of(
            "builtins.bool",
            "builtins.float",
            "builtins.int",
            "builtins.list",
            "builtins.str",
            "builtins.tuple",
            "numpy.ndarray",
            "torch.Tensor",
            "torch.storage.UntypedStorage");

    /** Dtype of what a tensor class holds, from when each dtype had one. */
    static final Map<String, Dtype> TENSORS = STORAGES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                    storage -> storage.getKey().replace("Storage", "Tensor"), Map.Entry::getValue));

    static final PickleNames PERMITTED = permitted();

    /** For the pickles beside storages and tensors, which name classes and call nothing. */
    static final PickleNames KEPT = new PickleNames(
            Set.of(),
            Set.of(),
            Stream.of(STORAGES, TENSORS)
                    .flatMap(classes -> classes.keySet().stream())
                    .flatMap(name -> Stream.of("torch." + name, "torch.cuda." + name))
                    .collect(Collectors.toUnmodifiableSet()));

    private TorchNames() {}

    private static PickleNames permitted() {
        Set<String> forwarding = Set.of(REBUILD_SUBCLASS, "copyreg._reconstructor");
        var callable = new HashSet<>(PLAIN_OBJECTS);
        callable.addAll(REBUILD);
        callable.addAll(WRAP);
        callable.addAll(NOT_READ);
        callable.addAll(forwarding);
        var known = new HashSet<>(CLASSES);
        known.addAll(DTYPES.keySet());
        STORAGES.keySet().forEach(storage -> {
            known.add("torch." + storage);
            known.add("torch.cuda." + storage);
        });
        return new PickleNames(callable, forwarding, known);
    }
}
